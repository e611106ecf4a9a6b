// A real OpenSearch node for tests and development, with a password in front: the libraries come without the security
// plugin, so a small proxy in the same process asks for user and password as a managed domain does.
//   java -cp 'lib/*' Node.java FOLDER NODE_PORT TRANSPORT_PORT PORT   (the password is the first line on standard input)
import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Executors;
import org.codelibs.opensearch.runner.OpenSearchRunner;

public final class Node {
    static final String USER = "safargo";

    public static void main(String[] arguments) throws Exception {
        String folder = arguments[0], nodePort = arguments[1], transportPort = arguments[2];
        int port = Integer.parseInt(arguments[3]);
        String password = new BufferedReader(new InputStreamReader(System.in)).readLine();
        startNode(folder, nodePort, transportPort);
        startFront(port, "http://127.0.0.1:" + nodePort, password);
        System.out.println("READY");
        Thread.currentThread().join();
    }

    static void startNode(String folder, String port, String transportPort) {
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> settings
                .put("http.port", port)
                .put("transport.port", transportPort)
                .put("discovery.type", "single-node")
                .put("network.host", "127.0.0.1")
                // A developer's full disk must not turn the index read-only.
                .put("cluster.routing.allocation.disk.threshold_enabled", false));
        runner.build(OpenSearchRunner.newConfigs().clusterName("safargo").numOfNode(1).basePath(folder).useLogger());
        runner.ensureYellow();
    }

    static void startFront(int port, String node, String password) throws IOException {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpServer front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        front.createContext("/", exchange -> forward(exchange, client, node)).setAuthenticator(new Password(password));
        front.setExecutor(Executors.newFixedThreadPool(8));
        front.start();
    }

    static void forward(HttpExchange exchange, HttpClient client, String node) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node + exchange.getRequestURI()))
                    .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            if (type != null) request.header("Content-Type", type);
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            answer.headers().firstValue("content-type")
                    .ifPresent(value -> exchange.getResponseHeaders().set("Content-Type", value));
            boolean empty = exchange.getRequestMethod().equals("HEAD") || answer.body().length == 0;
            exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : answer.body().length);
            if (!empty) exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static final class Password extends BasicAuthenticator {
        private final String password;

        Password(String password) {
            super("opensearch");
            this.password = password;
        }

        @Override
        public boolean checkCredentials(String user, String given) {
            return USER.equals(user) && password.equals(given);
        }
    }
}
