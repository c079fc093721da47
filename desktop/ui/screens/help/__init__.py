"""The clerk's manual on screen."""
