//! Context lengths, for the progress bar only.

pub const CONTEXT: &[(&str, usize)] = &[
    ("gpt-4o", 128_000),
    ("o1", 200_000),
    ("claude-3-opus-20240229", 200_000),
];

/// Colours of the terminal.
pub const THEMES: [&str; 3] = ["catppuccin/mocha", "folke/tokyonight", "gruvbox/dark"];
