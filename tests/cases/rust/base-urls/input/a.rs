use async_openai::{config::{AzureConfig, OpenAIConfig}, types::CreateChatCompletionRequestArgs, Client};
use rig::providers::openai;

const BASE: &str = "https://api.groq.com/openai/v1";

pub struct Chat { client: Client<OpenAIConfig>, model: String }

impl Chat {
    pub fn new() -> Self {
        let config = OpenAIConfig::default().with_api_base(BASE).with_api_key("k");
        Self { client: Client::with_config(config), model: "llama-3.1-8b-instant".to_string() }
    }
    pub async fn ask(&self) {
        let request = CreateChatCompletionRequestArgs::default().model(&self.model).build().unwrap();
        self.client.chat().create(request).await;
    }
}

pub async fn azure() {
    let config = AzureConfig::new().with_api_base("https://x.openai.azure.com").with_deployment_id("chat-dep");
    let client = Client::with_config(config);
    client.chat().create(CreateChatCompletionRequestArgs::default().model("gpt-4o").build().unwrap()).await;
}

pub async fn rigged() {
    let base = std::env::var("BASE_URL").unwrap_or_else(|_| "https://openrouter.ai/api/v1".into());
    let client = openai::Client::from_url("key", &base);
    let agent = client.agent("qwen/qwen-2.5-72b-instruct").preamble("x").build();
}

pub async fn rigged2() {
    let client = openai::Client::builder("key").base_url("http://localhost:8000/v1").build();
    let m = client.completion_model("Qwen/Qwen3-8B");
}
