use async_openai::{config::OpenAIConfig, types::CreateChatCompletionRequestArgs, Client};
use clap::Parser;

mod agent;
mod vision;

#[derive(Parser)]
#[command(name = "sorter", about = "Sorts freight papers")]
struct Args {
    /// Model that reads a paper.
    #[arg(long, env = "SORTER_MODEL", default_value = "meta-llama/Llama-3.3-70B-Instruct-Turbo")]
    model: String,
    /// Weights of the stamp finder.
    #[arg(long, default_value = "models/stamps.onnx")]
    stamps: String,
    #[arg(long, default_value = "papers/inbox")]
    inbox: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args = Args::parse();
    let config = OpenAIConfig::new()
        .with_api_base("https://api.together.xyz/v1")
        .with_api_key(std::env::var("TOGETHER_API_KEY")?);
    let client = Client::with_config(config);
    let request = CreateChatCompletionRequestArgs::default()
        .model(&args.model)
        .max_tokens(200u32)
        .build()?;
    let answer = client.chat().create(request).await?;
    println!("{answer:?}");
    vision::open(&args.stamps)?;
    agent::clerk(&args.inbox).await
}
