use anyhow::Result;
use candle_core::Device;
use candle_transformers::models::bert::{BertModel, Config, DTYPE};
use hf_hub::{api::sync::Api, Repo, RepoType};
use tokenizers::Tokenizer;

/// The encoder of new indexes.
pub const ENCODER: &str = "thenlper/gte-small";
const REVISION: &str = "refs/pr/5";

pub struct Encoder {
    model: BertModel,
    tokenizer: Tokenizer,
}

impl Encoder {
    pub fn open(device: &Device) -> Result<Self> {
        let api = Api::new()?;
        let repo = api.repo(Repo::with_revision(ENCODER.to_string(), RepoType::Model, REVISION.to_string()));
        let config: Config = serde_json::from_reader(std::fs::File::open(repo.get("config.json")?)?)?;
        let tokenizer = Tokenizer::from_file(repo.get("tokenizer.json")?).map_err(anyhow::Error::msg)?;
        let weights = repo.get("model.safetensors")?;
        let vb = unsafe { candle_nn::VarBuilder::from_mmaped_safetensors(&[weights], DTYPE, device)? };
        Ok(Self { model: BertModel::load(vb, &config)?, tokenizer })
    }
}

/// Stop words are a data set of their own.
pub fn stop_words() -> Result<std::path::PathBuf> {
    let api = Api::new()?;
    Ok(api.dataset("ferrite-labs/stop-words".to_string()).get("words.txt")?)
}

pub fn multilingual() -> Result<Tokenizer> {
    Tokenizer::from_pretrained("intfloat/multilingual-e5-small", None).map_err(anyhow::Error::msg)
}
