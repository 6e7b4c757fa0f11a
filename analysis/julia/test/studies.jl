# SPDX-License-Identifier: GPL-3.0-or-later

ISSSim.open(made("leak-mc.h5")) do study
    @test study isa ISSSim.Study
    @test study.n == length(study.replications.replication) == 200
    @test occursin("200 replications", string(study))
    @test study.replications.fingerprint isa Vector{UInt64}

    @testset "the summary is of the rows" begin
        mean = ISSSim.metric(study, "crew_mean")
        rows = ISSSim.values(study, "crew_mean")
        @test rows == study.replications.crew_mean
        @test mean.n == 200
        @test mean.mean ≈ sum(rows) / length(rows)
        @test (mean.min, mean.max) == extrema(rows)
        @test mean.ci_lo < mean.mean < mean.ci_hi
        @test study.metrics.name == study.summary.metric
        @test !haskey(study.summary, :value)
        @test length(ISSSim.values(study, "end_delay_d"; missing = false)) ==
              ISSSim.metric(study, "end_delay_d").n
        @test_throws ISSSim.NoSuchName ISSSim.values(study, "status")
        @test_throws ISSSim.NoSuchName ISSSim.metric(study, "crew_men")
    end

    @testset "quantiles, and the interval between two of them" begin
        quantiles = study.quantiles
        @test size(quantiles.value) ==
              (length(quantiles.metric), length(quantiles.quantile))
        row = findfirst(==("crew_mean"), quantiles.metric)
        low = findfirst(==(0.05), quantiles.quantile)
        high = findfirst(==(0.95), quantiles.quantile)
        interval = ISSSim.interval(study, "crew_mean"; level = 0.9)
        @test interval.lo ≈ quantiles.value[row, low] rtol = 1e-12
        @test interval.hi ≈ quantiles.value[row, high] rtol = 1e-12
        @test isnan(ISSSim.interval(study, "research_h").lo) # never has a value
        @test_throws ArgumentError ISSSim.interval(study, "crew_mean"; level = 90)
        @test ISSSim.quantile7([1.0, 2.0, 4.0], 0.75) == 3.0
        @test ISSSim.quantile7([5.0], 0.1) == 5.0
    end

    @testset "fans are arrays with their axes" begin
        fans = study.fans
        @test fans.series == ["crew", "unsafe"]
        @test size(fans.value) ==
              (2, length(fans.time), length(fans.quantile)) && size(fans.mean) ==
                                                               size(fans.value)[1:2]
        @test fans.time[1] == study.epoch && issorted(fans.time)
        @test all(fans.value[:, :, 1] .<= fans.value[:, :, end])
        flat = ISSSim.table(study, :fans)
        @test flat.series == repeat(fans.series; inner = length(fans.time))
        @test flat.time == repeat(fans.time; outer = 2)
        @test flat.mean == vec(permutedims(fans.mean))
        @test fans.doc[1] == "People aboard"
    end

    @testset "whole missions that were kept" begin
        @test collect(keys(study.traces)) == [3, 17]
        @test length(study.traces) == 2
        run = study.traces[17]
        @test run.replication == 17 && run.seed == study.seed
        @test run.event_count == study.replications.events[18]
        @test ISSSim.metric(run, "crew_mean") === study.replications.crew_mean[18]
        @test [r.replication for (_, r) in study.traces] == [3, 17]
        @test_throws ISSSim.NoSuchName study.traces[4]
        @test get(study.traces, 4, nothing) === nothing
        @test run.provenance.replication == 17
    end

    @test isempty(ISSSim.input_names(study))
end

@testset "what was drawn for uncertain numbers" begin
    ISSSim.open(made("baseline-mc.h5")) do study
        inputs = study.inputs
        @test keys(inputs)[1] === :replication && length(inputs) > 1
        @test "orbit.solar_factor" in ISSSim.input_names(study)
        drawn = ISSSim.values(study, "orbit.solar_factor")
        @test inputs[Symbol("orbit.solar_factor")] == drawn
        @test length(unique(drawn)) > 1
        @test isempty(study.traces)
    end
end
