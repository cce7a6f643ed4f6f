use async_openai::Client;
use clap::Parser;

#[derive(Parser)]
struct Args {
    #[arg(long, default_value = "gpt-4.1-mini")]
    model: String,
    #[arg(long, default_value_t = String::from("text-embedding-3-small"))]
    embedding_model: String,
    #[arg(long, default_value_t = "o4-mini".into())]
    judge_model: String,
    #[arg(long, default_value_t = pick(7))]
    rerank_model: String,
}
