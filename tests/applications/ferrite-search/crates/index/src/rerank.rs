use anyhow::Result;
use fastembed::{EmbeddingModel, InitOptions, RerankInitOptions, RerankerModel, TextEmbedding, TextRerank};
use hf_hub::api::sync::ApiBuilder;
use ort::session::Session;

pub fn embedder() -> Result<TextEmbedding> {
    TextEmbedding::try_new(InitOptions::new(EmbeddingModel::BGESmallENV15).with_show_download_progress(true))
}

pub fn reranker() -> Result<TextRerank> {
    TextRerank::try_new(RerankInitOptions::new(RerankerModel::JINARerankerV1TurboEn))
}

/// The language detector is a plain ONNX file.
pub fn language() -> Result<Session> {
    let name = std::env::var("FERRITE_LANGID").unwrap_or_else(|_| "onnx-community/language_detection-ONNX".into());
    let file = ApiBuilder::new().with_progress(false).build()?.model(name).get("onnx/model_int8.onnx")?;
    Ok(Session::builder()?.commit_from_file(file)?)
}
