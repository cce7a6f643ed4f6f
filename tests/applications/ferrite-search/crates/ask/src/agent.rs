use rig::{completion::Prompt, providers::{anthropic, openai}};

const PLANNER: &str = "claude-3-7-sonnet-latest";

pub async fn run(question: &str) -> Result<(), Box<dyn std::error::Error>> {
    let planner = anthropic::Client::from_env()
        .agent(PLANNER)
        .preamble("You plan searches in a folder of notes.")
        .build();
    let writer = openai::Client::from_env().agent("o4-mini").temperature(1.0).build();
    let vectors = openai::Client::from_env().embedding_model(openai::TEXT_EMBEDDING_ADA_002);
    let plan = planner.prompt(question).await?;
    println!("{}", writer.prompt(plan.as_str()).await?);
    drop(vectors);
    Ok(())
}
