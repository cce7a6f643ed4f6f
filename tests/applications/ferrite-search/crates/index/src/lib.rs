//! Index a folder of notes.

pub mod dense;
pub mod rerank;
pub mod speech;

/// What the index file calls itself.
pub const MAGIC: &str = "ferrite/index";
pub const MIME: &str = "application/x-ferrite";
