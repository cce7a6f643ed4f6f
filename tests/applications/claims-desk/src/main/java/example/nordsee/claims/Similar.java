package example.nordsee.claims;

import ai.djl.huggingface.translator.TextEmbeddingTranslatorFactory;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;

/** Finds claims that read alike. */
public class Similar {
    private static final String EMBEDDER = "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2";
    private static final String URL = "djl://ai.djl.huggingface.pytorch/" + EMBEDDER;

    private final ZooModel<String, float[]> model;
    private final HuggingFaceTokenizer tokenizer;

    public Similar() throws Exception {
        model = Criteria.builder()
                .setTypes(String.class, float[].class)
                .optModelUrls(URL)
                .optEngine("PyTorch")
                .optTranslatorFactory(new TextEmbeddingTranslatorFactory())
                .build()
                .loadModel();
        tokenizer = HuggingFaceTokenizer.newInstance("intfloat/e5-base-v2");
    }

    public float[] embed(String text) throws Exception {
        try (Predictor<String, float[]> predictor = model.newPredictor()) {
            return predictor.predict(text);
        }
    }
}
