use rig::{completion::ToolDefinition, providers::openai, tool::Tool};

pub struct Adder;

impl Tool for Adder {
    const NAME: &'static str = "add";
    async fn call(&self, args: u32) -> u32 {
        args
    }
}

pub struct Planner {
    agent: rig::agent::Agent<openai::CompletionModel>,
}

impl Planner {
    pub fn new(client: &openai::Client) -> Self {
        let agent = client
            .agent("gpt-4o")
            .preamble(include_str!("../prompts/planner.md"))
            .tool(Adder)
            .build();
        Self { agent }
    }
}

pub fn named() {
    let critic = openai::Client::from_env().agent(openai::GPT_4O_MINI).name("critic").build();
}

pub fn travel() {
    let trip = travel::Trip::builder().agent("Smith & Sons").build();
}
