//! Distress, trust and distance over the decisions: as a plot, in a sentence and as a table.
