using System.Security.Cryptography;

namespace EdgeHost.Demo.Platform.Admin;

/// <summary>Who is signed in, and to which agency. In memory, and few.</summary>
internal sealed class AdminSessions
{
    private const int Kept = 64;

    private readonly Lock _lock = new();
    private readonly Queue<(string Token, string AgencyId)> _sessions = new();

    public string Open(string agencyId)
    {
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        lock (_lock)
        {
            _sessions.Enqueue((token, agencyId));
            if (_sessions.Count > Kept)
            {
                _sessions.Dequeue();
            }
        }

        return token;
    }

    public bool Holds(string? token, string agencyId)
    {
        lock (_lock)
        {
            return token is not null && _sessions.Contains((token, agencyId));
        }
    }
}
