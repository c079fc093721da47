"""The screens, one folder per place."""
