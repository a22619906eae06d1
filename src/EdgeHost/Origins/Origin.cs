using EdgeHost.Health;

namespace EdgeHost.Origins;

/// <summary>One address of the platform, with what lives across reloads of the configuration.</summary>
internal sealed class Origin(string name, Uri address, OriginOptions options, HealthState health, OriginClient client, TimeProvider clock) : IDisposable
{
    /// <summary>How many challenges may be under way at once while it is not well. An authority looks from half a dozen networks at once.</summary>
    public const int MostChallenges = 10;

    // Whoever asks for what looks like a challenge must not reach an origin that comes back more often than its visitors do.
    private const int MostChallengesPerSecond = 4 * MostChallenges;

    private readonly TryPlaces challenges = new();
    private readonly ReturnBudget challengeRate = new(clock);
    private volatile OriginOptions options = options;
    private volatile OriginClient client = client;

    public string Name => name;

    /// <summary>Scheme, host and port, without a path.</summary>
    public Uri Address => address;

    /// <summary>The same, as what stands before a path.</summary>
    public string Prefix { get; } = address.GetLeftPart(UriPartial.Authority);

    public OriginOptions Options { get => options; set => options = value; }

    public HealthState Health => health;

    /// <summary>Its connections. Others replace them when a reload changes how they are made; requests on their way hold those that they began with.</summary>
    public OriginClient Client { get => client; set => client = value; }

    /// <summary>What it gets while it returns.</summary>
    public ReturnBudget Returns { get; } = new(clock);

    /// <summary>Who may try it while it seems ill.</summary>
    public TryPlaces Tries { get; } = new();

    /// <summary>The one request that finds out, while none of its sites can be had live.</summary>
    public TrickleGate Trickle { get; } = new(clock);

    /// <summary>Takes a place for an ACME challenge while it is not well, if there is one; give it back with <see cref="EndChallenge"/>.</summary>
    /// <param name="visitor">Who asks, as <see cref="Clients.VisitorNetwork"/> tells them apart.</param>
    public bool TryBeginChallenge(int visitor) =>
        challengeRate.TryTake(MostChallengesPerSecond, isCovered: false, visitor) && challenges.TryBegin(MostChallenges, visitor);

    public void EndChallenge(int visitor) => challenges.End(visitor);

    public void Dispose() => client.Dispose();
}
