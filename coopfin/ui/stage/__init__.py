"""The comparison on a stage: for a room, legible from the last row, moved by keys."""
