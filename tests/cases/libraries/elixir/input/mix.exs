defp deps do
  [
    {:nx, "~> 0.10"},
    {:bumblebee, github: "elixir-nx/bumblebee"},
    {:openai_ex, "== 0.9.17", only: [:dev, :test]},
    # {:ortex, "~> 0.1"},
    {:jason, "~> 1.4"}
  ]
end
