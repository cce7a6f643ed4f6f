use acme::openai::Client;
use tower_http::cors::Any;

/// Answers with application/json.
const CONTENT: &str = "application/json";

fn serve(client: Client) {
    let image = "acme/model-server";
    let name = format!("{}/{}", "acme", "small");
    client.model("acme/one");
    tracing::info!("loaded model acme/two from {}", image);
}
