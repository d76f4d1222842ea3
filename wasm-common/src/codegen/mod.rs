//! Functions to encoded bodies.
