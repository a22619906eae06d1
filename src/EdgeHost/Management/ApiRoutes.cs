namespace EdgeHost.Management;

/// <summary>Adds a feature's routes to the control API, under <c>/api/v1</c> and behind the token. Whoever puts the edge together says which there are, so that the server knows none of them.</summary>
internal delegate void ApiRoutes(IEndpointRouteBuilder routes);
