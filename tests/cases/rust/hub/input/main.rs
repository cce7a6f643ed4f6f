use fastembed::{EmbeddingModel, InitOptions, TextEmbedding};
use hf_hub::{api::sync::Api, Repo, RepoType};
use tokenizers::Tokenizer;

const MODEL: &str = "sentence-transformers/all-MiniLM-L6-v2";

fn main() -> anyhow::Result<()> {
    let api = Api::new()?;
    let weights = api.model(MODEL.to_string()).get("model.safetensors")?;
    let (id, revision) = ("google-bert/bert-base-uncased".to_string(), "refs/pr/21".to_string());
    let repo = api.repo(Repo::with_revision(id, RepoType::Model, revision));
    let data = Api::new()?.dataset("nyu-mll/glue".into());
    let tokenizer = Tokenizer::from_pretrained("openai-community/gpt2", None)?;
    let embedding = TextEmbedding::try_new(InitOptions::new(EmbeddingModel::BGESmallENV15))?;
    Ok(())
}
