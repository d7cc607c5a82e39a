//! Redis relays hints and fixes between servers; it never holds a decision.
