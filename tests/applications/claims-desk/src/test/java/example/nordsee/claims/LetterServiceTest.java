package example.nordsee.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LetterServiceTest {
    @Test
    void namesAreDated() {
        assertEquals("claude-sonnet-4-20250514", Models.LETTERS);
    }
}
