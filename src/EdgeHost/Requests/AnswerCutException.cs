namespace EdgeHost.Requests;

/// <summary>
/// The origin's answer broke off, and so must the visitor's. Kestrel sends what was written, and ends the connection where the rest would follow; it has no
/// other way to be told so. It takes this for a fault of the application's and logs it with its stack, which the edge's log leaves out: the access log has the line.
/// </summary>
internal sealed class AnswerCutException(string? problem) : IOException($"The origin's answer broke off ({problem}).");
