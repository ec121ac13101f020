"""What simulated postings are made of: invented employers, real places, titles and sentences."""

from __future__ import annotations

from typing import NamedTuple

# Names of no known employer: two halves that nobody has put together.
STEM_STARTS = (
    "Alvern", "Birrel", "Corvin", "Dunmar", "Ellery", "Fennar", "Galder", "Hesper", "Isember",
    "Jorvel", "Kestrin", "Larken", "Marrow", "Nethel", "Orrin", "Pellan", "Quillen", "Rowmar",
    "Selwen", "Tamber", "Ulmar", "Vesper", "Wexmar", "Yarrel",
)  # fmt: skip
STEM_ENDS = (
    "mere", "stead", "combe", "wick", "holm", "gate", "fold", "moor", "wold", "haven", "mont",
    "dale", "thorpe", "berg",
)  # fmt: skip

# What kind of employer, by the language of its country.
EMPLOYERS = {
    "en": (
        "{} University", "University of {}", "{} Institute of Technology", "{} National Laboratory",
        "{} Institute for Genomics", "{} Children's Hospital", "{} Supercomputing Centre",
        "{} Therapeutics", "{} Climate & Oceans Institute", "{} Quantum", "{} Observatory",
        "{} College", "{} Imaging", "{} Cancer Research Foundation",
    ),
    "de": (
        "Universität {}", "{}-Institut für Klimaforschung", "Forschungszentrum {}",
        "{} Quantentechnik", "Hochschule {}",
    ),
    "fr": ("Université {}", "Institut {} de génomique", "Centre de calcul {}"),
}  # fmt: skip


class City(NamedTuple):
    name: str
    region: str | None  # code of the state or province, where addresses have one
    country: str


COUNTRIES = {
    "US": "United States of America", "CA": "Canada", "GB": "United Kingdom", "AU": "Australia",
    "DE": "Germany", "FR": "France", "CH": "Switzerland", "IE": "Ireland", "NL": "Netherlands",
    "ES": "Spain", "FI": "Finland", "NZ": "New Zealand",
}  # fmt: skip
LANGUAGES = {"DE": "de", "FR": "fr"}
# Currency of a country and what a middle salary is in it, by the year.
PAY = {
    "US": ("USD", 98_000), "CA": ("CAD", 92_000), "GB": ("GBP", 45_000), "AU": ("AUD", 110_000),
    "DE": ("EUR", 62_000), "FR": ("EUR", 46_000), "CH": ("CHF", 112_000), "IE": ("EUR", 60_000),
    "NL": ("EUR", 58_000), "ES": ("EUR", 38_000), "FI": ("EUR", 52_000), "NZ": ("NZD", 98_000),
}  # fmt: skip

CITIES = (
    City("Boston", "MA", "US"), City("Ann Arbor", "MI", "US"), City("Seattle", "WA", "US"),
    City("Oak Ridge", "TN", "US"), City("New York", "NY", "US"), City("San Diego", "CA", "US"),
    City("Chapel Hill", "NC", "US"), City("Urbana", "IL", "US"), City("Austin", "TX", "US"),
    City("Toronto", "ON", "CA"), City("Vancouver", "BC", "CA"), City("Montréal", "QC", "CA"),
    City("St. John's", "NL", "CA"), City("Saskatoon", "SK", "CA"), City("Winnipeg", "MB", "CA"),
    City("London", None, "GB"), City("Cambridge", None, "GB"), City("Edinburgh", None, "GB"),
    City("Leeds", None, "GB"), City("Cardiff", None, "GB"), City("Newcastle upon Tyne", None, "GB"),
    City("Sydney", "NSW", "AU"), City("Melbourne", "VIC", "AU"), City("Perth", "WA", "AU"),
    City("Heidelberg", None, "DE"), City("Jülich", None, "DE"), City("Berlin", None, "DE"),
    City("Paris", None, "FR"), City("Grenoble", None, "FR"), City("Saint-Étienne", None, "FR"),
    City("Zürich", None, "CH"), City("Lausanne", None, "CH"), City("Dublin", None, "IE"),
    City("Galway", None, "IE"), City("Delft", None, "NL"), City("Groningen", None, "NL"),
    City("Barcelona", None, "ES"), City("Málaga", None, "ES"), City("Espoo", None, "FI"),
    City("Auckland", None, "NZ"), City("Dunedin", None, "NZ"),
)  # fmt: skip


class Role(NamedTuple):
    """A job title, what its sentences are about, and its pay relative to the middle."""

    title: str
    topic: str
    pay: float = 1.0


RANKS = ("", "", "", "Senior ", "Senior ", "Lead ", "Principal ", "Associate ")

RESEARCH_COMPUTING = (
    Role("Research Software Engineer", "software"),
    Role("Research Software Engineer, Climate Models", "software"),
    Role("Scientific Software Developer", "software"),
    Role("HPC Systems Administrator", "systems"),
    Role("HPC Applications Specialist", "systems", 1.1),
    Role("Research Storage Engineer", "systems"),
    Role("Research Cloud Architect", "systems", 1.3),
    Role("Linux Systems Engineer (Research Computing)", "systems"),
    Role("Research Computing Facilitator", "systems", 0.9),
    Role("Bioinformatician", "biology"),
    Role("Bioinformatics Analyst", "biology", 0.9),
    Role("Computational Biologist", "biology"),
    Role("Data Steward, Open Science", "data", 0.9),
    Role("Research Data & Software Librarian", "data", 0.8),
    Role("Research Data Engineer", "data"),
    Role("Imaging Data Scientist", "data", 1.1),
    Role("Machine Learning Engineer, Life Sciences", "data", 1.3),
    Role("Quantum Software Engineer", "software", 1.3),
)
# The ranks of a person who leads are in the title already.
LEADING = (
    Role("Director, Research Computing", "systems", 1.8),
    Role("Head of Research Software Engineering", "software", 1.6),
    Role("Bioinformatics Core Manager", "biology", 1.4),
    Role("Manager, HPC Operations", "systems", 1.4),
    Role("Associate Director, Research Data Services", "data", 1.5),
    Role("Technical Lead – Scientific Workflows", "software", 1.4),
    Role("Product Manager, Research Platforms", "software", 1.3),
    Role("Project Manager, Digital Research Infrastructure", "data", 1.2),
    Role("Imaging Core Facility Manager", "biology", 1.3),
)
ORDINARY = (
    Role("Accountant", "office", 0.8),
    Role("Payroll Officer", "office", 0.7),
    Role("Executive Assistant to the Dean", "office", 0.7),
    Role("Admissions Coordinator", "office", 0.6),
    Role("Communications Officer", "office", 0.8),
    Role("Grants & Contracts Administrator", "office", 0.8),
    Role("Human Resources Business Partner", "office"),
    Role("Lecturer in Economics", "teaching", 1.1),
    Role("Lecturer in Nursing", "teaching", 1.1),
    Role("Assistant Professor of Medieval History", "teaching", 1.2),
    Role("Teaching Fellow, Civil Engineering", "teaching", 0.9),
    Role("Postdoctoral Researcher in Plant Ecology", "laboratory", 0.8),
    Role("Laboratory Technician", "laboratory", 0.6),
    Role("Clinical Trials Coordinator", "care", 0.8),
    Role("Registered Nurse, Paediatrics", "care", 0.9),
    Role("Medical Receptionist", "care", 0.5),
    Role("Electrician", "estates", 0.7),
    Role("Groundskeeper", "estates", 0.5),
    Role("Catering Assistant", "estates", 0.4),
    Role("Night Porter", "estates", 0.4),
    Role("Café Supervisor", "estates", 0.5),
)

UNITS = {
    "software": ("Research Software Group", "Institute for Computational Science", "IT Services"),
    "systems": ("Research Computing Services", "Advanced Computing Centre", "IT Services"),
    "biology": ("Genomics Core", "Department of Biomedical Data", "School of Life Sciences"),
    "data": ("Library & Open Research", "Digital Research Services", "Data Science Institute"),
    "office": ("Finance", "Human Resources", "Office of the Dean"),
    "teaching": ("Faculty of Arts", "School of Health", "Faculty of Engineering"),
    "laboratory": ("Department of Biology", "School of Life Sciences"),
    "care": ("University Clinics", "School of Health"),
    "estates": ("Estates & Facilities", "Campus Services"),
}

DUTIES = {
    "software": (
        "Design, test and maintain open-source research software in Python, C++ or Julia",
        "Turn a doctoral student's script into a package that others can install and cite",
        "Profile simulation codes and port their kernels to GPUs",
        "Teach version control, testing and code review to research groups",
        "Mentor junior research software engineers",
    ),
    "systems": (
        "Run a Slurm cluster of 400 nodes and its parallel file system",
        "Automate the provisioning of research clusters with Ansible",
        "Help researchers to move workflows from laptops to high-performance computing",
        "Plan the procurement of the next supercomputer with its users",
        "Look after petabytes of research storage, backup & archive",
    ),
    "biology": (
        "Build Nextflow pipelines for single-cell and long-read sequencing data",
        "Advise laboratories on experimental design and statistics",
        "Keep the core facility's analysis environment reproducible",
        "Manage a team of bioinformatics analysts",
    ),
    "data": (
        "Help research groups to write data management plans",
        "Curate data sets so that others can find, cite & reuse them",
        "Build data pipelines for instruments that write 10 TB a day",
        "Train and evaluate machine-learning models on microscopy images",
        "Speak for research data in the university's governance groups",
    ),
    "office": (
        "Keep records accurate and deadlines met",
        "Answer enquiries from staff, students and suppliers",
        "Prepare monthly reports for the management team",
        "Improve the forms everybody complains about",
    ),
    "teaching": (
        "Teach at undergraduate and master's level",
        "Supervise dissertations and mark examinations",
        "Take part in the school's outreach",
    ),
    "laboratory": (
        "Prepare samples, media & reagents",
        "Keep instruments calibrated and benches safe",
        "Write up results for publication",
    ),
    "care": (
        "Look after patients and their families",
        "Keep clinical notes complete",
        "Work in shifts with a team of twelve",
    ),
    "estates": (
        "Keep buildings safe, warm and open",
        "Carry out planned and urgent maintenance",
        "Serve several hundred guests a day",
    ),
}

WANTED = {
    "software": ("Several years of writing software for research", "Fluency in Python or C++"),
    "systems": ("Experience with Linux at scale", "Knowledge of schedulers, MPI & containers"),
    "biology": ("A degree in bioinformatics or a related field", "Fluency in R or Python"),
    "data": ("Experience of working with research data", "Knowledge of metadata standards & SQL"),
    "office": ("Experience in a busy office", "A liking for spreadsheets"),
    "teaching": ("A doctorate in a relevant field", "A record of good teaching"),
    "laboratory": ("A degree in a life science", "Steady hands"),
    "care": ("Current registration", "Patience & good humour"),
    "estates": ("A relevant trade qualification", "Willingness to work some weekends"),
}

ABOUT = (
    "{employer} is a community of curious people in {city}. The {unit} team is looking for "
    "somebody who enjoys making other people's work possible.",
    "Join {employer}! You will be part of {unit}, a group of {team} who work closely with "
    "colleagues across {city} and beyond.",
    "{unit} at {employer} serves {groups} groups. This post is one of two that were approved in "
    "this year's budget&nbsp;– and the first that is new.",
)
OFFERS = (
    "We offer 30 days of leave, a pension and a workplace that is easy to reach by train.",
    "Flexible hours are normal here, and most of the team works from home two days a week.",
    "We will support your professional development with time &amp; money: conferences, courses, "
    "and ten per cent of your week for projects of your own.",
    "The post is funded for three years in the first instance, with a view to extension.",
    "Applications are read by people. Please send a short letter rather than a long one.",
)
EQUALITY = (
    "{employer} is an equal-opportunity employer. All qualified applicants will be considered "
    "without regard to origin, religion, gender, disability or age.",
    "We welcome applications from everybody, and particularly from groups that are "
    "under-represented in {unit}. Tell us what you need for the interview.",
)
