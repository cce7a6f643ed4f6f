use anyhow::Result;
use hf_hub::api::tokio::Api;

#[derive(Clone, Copy, Debug, Default)]
pub enum Size {
    Tiny,
    #[default]
    Base,
    Large,
}

impl Size {
    /// Repository and revision.
    pub fn repo(self) -> (&'static str, &'static str) {
        match self {
            Self::Tiny => ("openai/whisper-tiny", "main"),
            Self::Base => ("openai/whisper-base", "refs/pr/22"),
            Self::Large => ("openai/whisper-large-v3", "main"),
        }
    }
}

pub async fn fetch(size: Size) -> Result<std::path::PathBuf> {
    let (model_id, revision) = size.repo();
    let api = Api::new()?;
    let repo = api.repo(hf_hub::Repo::with_revision(model_id.into(), hf_hub::RepoType::Model, revision.into()));
    Ok(repo.get("model.safetensors").await?)
}
