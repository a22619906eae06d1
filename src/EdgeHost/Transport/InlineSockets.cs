namespace EdgeHost.Transport;

/// <summary>
/// Has sockets continue on the thread that the kernel woke for them, instead of handing each event to the thread pool: one thread reads a request, answers it and sends the answer,
/// as event-driven servers do. Measured, that is nearly half of the CPU of a page from memory, and a quarter of that of a forwarded one (decision 17).
/// </summary>
/// <remarks>
/// It holds for all sockets of the process, and only together with Kestrel's own option (<see cref="PublicTransport"/>): either alone is worth nothing. In exchange, what runs there must not block or
/// compute at length; who does, leaves that thread first. Of .NET, <c>System.Net.Sockets/SocketAsyncEngine.Unix.cs</c> reads the variable when the first socket is used.
/// </remarks>
internal static class InlineSockets
{
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Whether it is so. An operator may set the variable to 0.</summary>
    public static bool InUse => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>To be called before the first socket is used.</summary>
    public static void Use()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, "1");
        }
    }
}
