use ort::session::{builder::GraphOptimizationLevel, Session};

pub fn open(path: &str) -> ort::Result<Session> {
    Session::builder()?
        .with_optimization_level(GraphOptimizationLevel::Level3)?
        .commit_from_file(path)
}
