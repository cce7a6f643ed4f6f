package example.nordsee.claims;

/** The models that claims are read with; the audit office keeps the list. */
public final class Models {
    public static final String LETTERS = "claude-sonnet-4-20250514";
    public static final String TRIAGE = "claude-3-5-haiku-latest";
    /** Table prefix, not a model. */
    public static final String TABLE = "claims/archive";

    private Models() {}
}
