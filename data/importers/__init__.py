"""From an official's file to accepted rows and reasons for the rest."""
