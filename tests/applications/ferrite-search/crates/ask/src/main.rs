use async_openai::{types::CreateChatCompletionRequestArgs, Client};
use clap::Parser;

mod agent;
mod table;

#[derive(Parser)]
#[command(name = "ferrite/ask")]
struct Args {
    question: String,
    /// Hosted model that answers.
    #[arg(long, env = "FERRITE_MODEL", default_value = "gpt-4.1-mini")]
    model: String,
    #[arg(long, default_value_t = String::from("text-embedding-3-small"))]
    embedding_model: String,
    #[arg(long, default_value = "notes/all")]
    scope: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args = Args::parse();
    let client = Client::new();
    let request = CreateChatCompletionRequestArgs::default().model(&args.model).max_tokens(512u32).build()?;
    let reply = client.chat().create(request).await?;
    println!("{}", reply.choices[0].message.content.clone().unwrap_or_default());
    agent::run(&args.question).await
}
