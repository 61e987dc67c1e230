"""A merchant's world that follows each save, for whoever writes a definition or a theme and looks at its pages."""
