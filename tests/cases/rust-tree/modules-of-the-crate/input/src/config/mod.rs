pub mod names;

pub struct Settings {
    pub model: String,
    pub layers: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { model: names::pick("small").to_owned(), layers: 6 }
    }
}
