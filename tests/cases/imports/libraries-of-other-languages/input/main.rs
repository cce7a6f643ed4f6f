use hf_hub::api::sync::Api;
use candle_core::{Device, Tensor};
use std::fs;

fn main() {}
