namespace EdgeHost.TestParts.Http;

/// <summary>The other side ended the connection before it had sent the head of a response.</summary>
public sealed class ConnectionEndedException(string message, Exception? inner = null) : IOException(message, inner);
