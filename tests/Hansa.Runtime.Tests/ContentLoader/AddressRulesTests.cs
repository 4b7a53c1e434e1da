using System.ComponentModel.DataAnnotations;
using System.Net;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.ContentLoader;

/// <summary>Which addresses are reached.</summary>
public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.0.9")]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.100.100.200")]
    [InlineData("192.0.0.192")]
    [InlineData("168.63.129.16")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("198.18.0.1")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fc00::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void What_is_not_the_public_internet_is_not_reached(string address) =>
        new AddressRules(new()).Allows(IPAddress.Parse(address), 443).ShouldBeFalse();

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450::1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    public void Public_addresses_are_reached_unless_the_operator_says_otherwise(string address)
    {
        new AddressRules(new()).Allows(IPAddress.Parse(address), 443).ShouldBeTrue();
        new AddressRules(new() { AllowPublic = false }).Allows(IPAddress.Parse(address), 443).ShouldBeFalse();
        new AddressRules(new() { AllowPublic = false, Allow = ["0.0.0.0/0", "::/0"] }).Allows(IPAddress.Parse(address), 443).ShouldBeTrue();
    }

    [Theory]
    [InlineData("10.1.0.0/16", "10.1.2.3", 80, true)]
    [InlineData("10.1.0.0/16", "::ffff:10.1.2.3", 80, true)]
    [InlineData("10.1.0.0/16", "10.2.0.1", 80, false)]
    [InlineData("127.0.0.1", "127.0.0.1", 9, true)]
    [InlineData("127.0.0.1", "127.0.0.2", 9, false)]
    [InlineData("127.0.0.1:8080", "127.0.0.1", 8080, true)]
    [InlineData("127.0.0.1:8080", "127.0.0.1", 8081, false)]
    [InlineData("::1", "::1", 80, true)]
    [InlineData("[::1]:8080", "::1", 8080, true)]
    [InlineData("[::1]:8080", "::1", 80, false)]
    [InlineData("fd00::/8", "fd12::1", 80, true)]
    public void The_list_opens_addresses_and_networks(string entry, string address, int port, bool isAllowed) =>
        new AddressRules(new() { Allow = [entry] }).Allows(IPAddress.Parse(address), port).ShouldBe(isAllowed);

    [Theory]
    [InlineData("plant.example", "plant.example", 80, true)]
    [InlineData("plant.example", "PLANT.example.", 443, true)]
    [InlineData("Plant.Example:8443", "plant.example", 8443, true)]
    [InlineData("plant.example:8443", "plant.example", 443, false)]
    [InlineData("plant.example", "plant.example.evil.com", 80, false)]
    [InlineData("plant.example", "xplant.example", 80, false)]
    [InlineData("bücher.example", "xn--bcher-kva.example", 80, true)]
    [InlineData("127.0.0.1", "127.0.0.1", 80, false)]
    public void The_list_opens_hosts_by_their_whole_name(string entry, string host, int port, bool isAllowed) =>
        new AddressRules(new() { Allow = [entry] }).AllowsHost(host, port).ShouldBe(isAllowed);

    [Theory]
    [InlineData("")]
    [InlineData("10.1.0.0/33")]
    [InlineData("10.1.0.0/x")]
    [InlineData("plant.example:0")]
    [InlineData("plant.example:99999")]
    [InlineData("http://plant.example")]
    [InlineData("a b")]
    [InlineData("*")]
    [InlineData("127.1:80")]
    [InlineData("[::1]:0")]
    public void A_wrong_entry_is_refused_at_the_start_by_name(string entry)
    {
        var options = new ContentLoaderOptions { Allow = ["10.0.0.0/8", entry] };
        Should.Throw<ValidationException>(() => Validator.ValidateObject(options, new(options), validateAllProperties: true)).Message.ShouldContain($"'{entry}'");
    }
}
