use hf_hub::api::sync::ApiBuilder;

pub fn load(id: String) {
    let api = ApiBuilder::new().build().unwrap();
    let repo = api.model(id);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loads() {
        load("prajjwal1/bert-tiny".to_string());
    }
}
