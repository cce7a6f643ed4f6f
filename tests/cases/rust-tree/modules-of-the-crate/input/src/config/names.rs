pub const BASE: &str = "google-bert/bert-base-cased";

pub fn pick(size: &str) -> &'static str {
    match size {
        "small" => "distilbert/distilbert-base-uncased",
        _ => BASE,
    }
}
