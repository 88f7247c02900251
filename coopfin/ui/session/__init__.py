"""What was chosen: one state, its link, presets, work in the background."""
