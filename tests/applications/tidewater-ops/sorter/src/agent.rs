use rig::{completion::Prompt, providers};

const CLERK: &str = "claude-3-7-sonnet-20250219";

pub struct TariffLookup;

pub async fn clerk(paper: &str) -> Result<(), Box<dyn std::error::Error>> {
    let client = providers::anthropic::ClientBuilder::new(&std::env::var("ANTHROPIC_API_KEY")?).build();
    let clerk = client
        .agent(CLERK)
        .name("customs-clerk")
        .preamble("You name the tariff of goods.")
        .tool(TariffLookup)
        .build();
    println!("{}", clerk.prompt(paper).await?);
    Ok(())
}
