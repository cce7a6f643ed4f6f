mod config;
mod llm;

use crate::config::Settings;

fn main() {
    let settings = Settings::default();
    llm::load(settings.model);
    llm::load(config::names::BASE.to_string());
}
