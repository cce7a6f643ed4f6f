package x;
import org.springframework.boot.context.properties.ConfigurationProperties;

@ConfigurationProperties("assistant")
public record Props(String model, String baseUrl, Azure azure) {
    public record Azure(String deployment) {}
}
