"""How requests leave the house: politeness, gateway, tape."""
