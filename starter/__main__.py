"""`python -m starter` is `yishen`."""

from yishen import main

if __name__ == "__main__":
    main()
