using System.Net;
using System.Net.Sockets;
using EdgeHost.Health;

namespace EdgeHost.Origins;

/// <summary>What an exception says about the origin, when a request to it could not be sent or was not answered.</summary>
internal static class RequestFaults
{
    public static OriginFailure Of(Exception? exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => OriginFailure.NameResolution,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => OriginFailure.Tls,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } e => OfSocket((e.InnerException as SocketException)?.SocketErrorCode),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.ConfigurationLimitExceeded } => OriginFailure.BadResponse,
        HttpRequestException or IOException => OriginFailure.ConnectionClosed,
        OperationCanceledException => OfTimeout(exception),
        AggregateException { InnerExceptions: [.., var last] } => Of(last),
        WebException => OriginFailure.ConnectionClosed,
        _ => OriginFailure.BadResponse,
    };

    /// <summary>
    /// What took too long. SocketsHttpHandler ends its own attempt to connect with a TimeoutException inside a cancellation; as <see cref="TcpConnection"/> gives up
    /// before that, the connection was there and the handshake was not.
    /// </summary>
    public static OriginFailure OfTimeout(Exception? exception) => exception is OperationCanceledException { InnerException: TimeoutException } ? OriginFailure.Tls : OriginFailure.HeadersTimeout;

    private static OriginFailure OfSocket(SocketError? error) => error switch
    {
        SocketError.TimedOut => OriginFailure.ConnectTimeout,
        SocketError.TooManyOpenSockets or SocketError.AddressNotAvailable or SocketError.NoBufferSpaceAvailable => OriginFailure.EdgeExhausted,
        _ => OriginFailure.ConnectionRefused,
    };
}
