import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.repository.zoo.Criteria;

class Embed {
    private static final String ID = "sentence-transformers/all-MiniLM-L6-v2";

    Object load() throws Exception {
        HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(ID);
        return Criteria.builder()
                .setTypes(String.class, float[].class)
                .optModelUrls("djl://ai.djl.huggingface.pytorch/" + ID)
                .build()
                .loadModel();
    }
}
