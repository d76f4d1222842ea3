//! The desktop as a board.
