namespace EdgeHost.Following;

/// <summary>Ends what disposes of its own source of cancellation when it is done.</summary>
internal static class Cancelling
{
    public static void CancelIfRunning(this CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }
}
