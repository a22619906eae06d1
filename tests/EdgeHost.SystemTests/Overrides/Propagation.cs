namespace EdgeHost.SystemTests.Overrides;

/// <summary>How long it took until visitors of every edge saw a change.</summary>
/// <param name="SinceAsked">From when the operator asked for it.</param>
/// <param name="SinceAnswered">From when the operator was told that it is in the journal.</param>
internal readonly record struct Propagation(TimeSpan SinceAsked, TimeSpan SinceAnswered);
