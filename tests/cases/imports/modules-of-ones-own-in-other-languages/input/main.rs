use crate::candle_core::Device;
use llm::Model;
mod llm;
fn main() {}
