//! Loads a jurisdiction from text files that a planner edits.
