using System.Net;
using Hansa.Runtime;
using Microsoft.Extensions.Hosting;

namespace Hansa.Web.Tests.Support;

/// <summary>An AlwaysOn gateway that takes nobody in.</summary>
internal sealed class NoSockets : ISocketGateway
{
    public SocketOffer Offer(Func<string, string?> header, IPAddress? from) => new("No upgrade was asked for.", [], (_, _) => Task.CompletedTask);
}

/// <summary>A process that neither starts nor stops.</summary>
internal sealed class NoLifetime : IHostApplicationLifetime
{
    public CancellationToken ApplicationStarted => default;

    public CancellationToken ApplicationStopping => default;

    public CancellationToken ApplicationStopped => default;

    public void StopApplication()
    {
    }
}
