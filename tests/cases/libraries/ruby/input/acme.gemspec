Gem::Specification.new do |spec|
  spec.name = "acme"
  spec.add_dependency "ruby_llm", ">= 1.8"
  spec.add_development_dependency("onnxruntime", "0.10.1")
end
