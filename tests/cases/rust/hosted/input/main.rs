use async_openai::types::{CreateChatCompletionRequestArgs, CreateEmbeddingRequest};
use rig::providers::{anthropic, openai};

async fn run() -> Result<(), Error> {
    let model = std::env::var("CHAT_MODEL").unwrap_or_else(|_| "gpt-4o-mini".into());
    let request = CreateChatCompletionRequestArgs::default()
        .max_tokens(512u32)
        .model(model)
        .build()?;
    let other = CreateEmbeddingRequest { model: "text-embedding-3-small".into(), ..Default::default() };
    let agent = openai::Client::from_env().agent(openai::GPT_4O).preamble("Be kind").build();
    let claude = anthropic::Client::from_env().agent("claude-3-7-sonnet-latest").build();
    Ok(())
}
